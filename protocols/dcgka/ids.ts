/**
 * Names of members and of control messages.
 *
 * The paper wants unique additions: an ID joins a group once. So a device that was removed and joins again is a new
 * member: `bob`, then `bob#2`.
 */
import type { MemberId } from "../ids.ts"

/** A member as the paper's ID: a device, and the how manieth time it is in the group. */
export type Id = string

/** A control message: each author numbers its own, from 1. */
export type MessageId = { readonly author: Id; readonly seq: number }

/** The paper's (sender, seq), as a key for maps. */
export const messageKey = ({ author, seq }: MessageId): string => `${seq} by ${author}`

/** @param joining - 1 for the first time */
export const idOf = (device: MemberId, joining: number): Id =>
  joining === 1 ? device : `${device}#${joining}`

export const deviceOf = (id: Id): MemberId => id.slice(0, cutOf(id))

export const joiningOf = (id: Id): number => (cutOf(id) === id.length ? 1 : Number(id.slice(cutOf(id) + 1)))

const cutOf = (id: Id): number => /#[1-9][0-9]{0,8}$/.exec(id)?.index ?? id.length
