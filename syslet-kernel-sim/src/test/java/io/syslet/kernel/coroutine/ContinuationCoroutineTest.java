package io.syslet.kernel.coroutine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Coroutines on continuations of the JVM, and what pins those. */
@SuppressWarnings("restricted")
class ContinuationCoroutineTest extends CoroutineContract {
  private static final int MOST_COLLECTIONS = 50;

  ContinuationCoroutineTest() {
    super(StackSwitch.continuations());
  }

  @Test
  void aYieldInAClassInitialiserIsAnErrorAndTheCoroutineRunsOn() {
    Coroutine coroutine =
        create(
            "x",
            argument -> {
              assertThat(YieldsWhenLoaded.message)
                  .contains("cannot yield in coroutine 'x' (running)", "class initialiser");
              Coroutine.yield();
            });
    coroutine.enter();
    assertThat(coroutine.isSuspended()).isTrue();
  }

  private static final class YieldsWhenLoaded {
    static final String message = messageOfYield();
  }

  private static String messageOfYield() {
    try {
      Coroutine.yield();
      return "none";
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void aYieldUnderANativeFrameIsAnError() throws ReflectiveOperationException {
    MethodHandle compare =
        MethodHandles.lookup()
            .findVirtual(
                getClass(),
                "yieldingComparison",
                MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class))
            .bindTo(this);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment comparison =
          Linker.nativeLinker()
              .upcallStub(
                  compare,
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                  arena);
      create("sorter", argument -> sort(arena.allocate(8), comparison)).enter();
    }
    assertThat(inComparison).contains("cannot yield in coroutine 'sorter'", "native frame");
  }

  private String inComparison = "";

  @SuppressWarnings("unused")
  private int yieldingComparison(MemorySegment one, MemorySegment other) {
    inComparison = messageOfYield();
    return 0;
  }

  private static void sort(MemorySegment twoInts, MemorySegment comparison) {
    MethodHandle qsort =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().find("qsort").orElseThrow(),
                FunctionDescriptor.ofVoid(
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS));
    try {
      qsort.invokeExact(twoInts, 2L, 4L, comparison);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aYieldWithAMonitorIsAnError() {
    assumeTrue(HeldMonitors.canLook());
    Object monitor = new Object();
    Coroutine coroutine =
        create(
            "holder",
            argument -> {
              synchronized (monitor) {
                refused(Coroutine::yield, "cannot yield in coroutine 'holder'", "monitor");
              }
              Coroutine.yield();
            });
    coroutine.enter();
    coroutine.enter();
    assertThat(coroutine.isFinished()).isTrue();
  }

  @Test
  void anEnterWithAMonitorIsAnErrorAndTheCoroutineIsAsBefore() {
    assumeTrue(HeldMonitors.canLook());
    Object monitor = new Object();
    Coroutine coroutine = create("x", argument -> Coroutine.yield());
    synchronized (monitor) {
      refused(coroutine::enter, "cannot enter coroutine 'x'", "monitor");
    }
    coroutine.enter();
    synchronized (monitor) {
      refused(coroutine::enter, "cannot enter coroutine 'x'", "monitor");
    }
    coroutine.enter();
    assertThat(coroutine.isFinished()).isTrue();
  }

  @Test
  void aVirtualThreadCannotEnter() throws InterruptedException {
    assumeTrue(HeldMonitors.canLook());
    Coroutine coroutine = create("x", argument -> {});
    Throwable[] thrown = new Throwable[1];
    Thread.ofVirtual()
        .name("feather")
        .uncaughtExceptionHandler((thread, e) -> thrown[0] = e)
        .start(coroutine::enter)
        .join();
    assertThat(thrown[0]).hasMessageContaining("thread 'feather' is virtual");
  }

  @Test
  void anAbandonedOneIsCollectedWithWhatIsOnItsStack() {
    Forgotten forgotten = suspendAndForget();
    assertThat(isCollected(forgotten.coroutine)).as("the coroutine").isTrue();
    assertThat(isCollected(forgotten.local)).as("what its stack alone held").isTrue();
  }

  private record Forgotten(WeakReference<Coroutine> coroutine, WeakReference<Object> local) {}

  private Forgotten suspendAndForget() {
    List<WeakReference<Object>> onStack = new ArrayList<>();
    Coroutine coroutine =
        create(
            "forgotten",
            argument -> {
              Object local = new Object();
              onStack.add(new WeakReference<>(local));
              try {
                Coroutine.yield();
              } finally {
                Reference.reachabilityFence(local);
              }
            });
    coroutine.enter();
    System.gc();
    assertThat(onStack.getFirst().refersTo(null)).as("of one to be entered again").isFalse();
    assertThat(coroutine.isSuspended()).isTrue();
    return new Forgotten(new WeakReference<>(coroutine), onStack.getFirst());
  }

  private static boolean isCollected(WeakReference<?> reference) {
    for (int i = 0; i < MOST_COLLECTIONS && !reference.refersTo(null); i++) {
      System.gc();
    }
    return reference.refersTo(null);
  }
}
