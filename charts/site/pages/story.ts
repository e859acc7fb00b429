/** How Sender Keys work, from a recorded group. */
import type { Story } from "../../../results/story.ts"
import { TITLE } from "../../story/text.ts"
import { howItWorks } from "../how-it-works.ts"
import { HOW_IT_WORKS, type Page } from "../layout.ts"

export const storyPage = (story: Story): Page => ({
  path: HOW_IT_WORKS.path,
  title: TITLE,
  body: howItWorks(story),
})
