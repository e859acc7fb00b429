/** Student's t, two-sided 95 %, for 1 to 4 degrees of freedom: with more values order statistics or a bootstrap serve. */
const T_95 = [12.7062, 4.30265, 3.18245, 2.77645] as const

/** @throws Error when the table does not go so far */
export function studentT95(degreesOfFreedom: number): number {
  const t = T_95[degreesOfFreedom - 1]
  if (t === undefined) throw new Error(`no t for ${degreesOfFreedom} degrees of freedom`)
  return t
}
