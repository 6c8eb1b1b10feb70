/**
 * Random programs under random faults, on a simulated machine of their own, by seed: every kind of
 * call, every form of the entry; and the checks that each accepted call has exactly one completion
 * and that nothing is lost, leaked or left asleep.
 */
@NullMarked
package io.syslet.kernel.sim.soak;

import org.jspecify.annotations.NullMarked;
