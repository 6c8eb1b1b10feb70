package io.syslet;

/**
 * What a kernel has counted since it was made. Each figure is exact for calls that have ended;
 * figures read while calls are under way may be from moments a little apart.
 *
 * @param calls calls accepted by the entry: {@code completedInline + pending}.
 * @param completedInline calls that returned their own result to the caller.
 * @param pending calls that were answered −ESYSLETPENDING.
 * @param withoutWorker pending calls that needed no thread while they waited.
 * @param missed inline calls that slept and were not handed over, at most: a sleep of the JVM's own
 *     (a safepoint) in a carrier counts too.
 * @param pinned calls made inline because the caller's frames could not be moved.
 * @param noSpare calls that blocked while no spare worker waited.
 * @param falseHandOvers pending calls whose thread had not slept after all.
 * @param foreign calls from threads that are no tasks of the kernel.
 * @param inFlight pending calls that have not ended yet.
 * @param maxInFlight the greatest {@code inFlight} so far.
 * @param workers threads that make calls, at most so far.
 * @param detector how blocking is seen: {@code sentinel}, {@code sysmon}, {@code switch records}
 *     where other programs use much of the machine, or {@code none, punting}; {@code hook} where
 *     the kernel is ours; {@code pool} where workers make whatever may block; {@code none}.
 */
public record KernelStats(
    long calls,
    long completedInline,
    long pending,
    long withoutWorker,
    long missed,
    long pinned,
    long noSpare,
    long falseHandOvers,
    long foreign,
    long inFlight,
    long maxInFlight,
    long workers,
    String detector) {}
