package io.syslet.bench.coroutine;

import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import org.jspecify.annotations.Nullable;

/**
 * Kotlin's, on its own library: the bodies are written as its compiler translates a {@code suspend}
 * function of one frame, into a state machine. It has no stack, so it can only yield where each
 * caller was compiled that way too.
 */
final class KotlinCoroutines implements CoroutineSubject {
  @Override
  public Co counter(long[] count) {
    return start(new Counter(count));
  }

  @Override
  public Co yielder(long[] count) {
    return start(new Yielder(count));
  }

  @Override
  public Co nest(int depth, long[] count) {
    return start(new Nest(depth, count));
  }

  private static Co start(ContinuationImpl body) {
    return () -> body.resumeWith(Unit.INSTANCE);
  }

  private static final class Completion implements Continuation<Object> {
    private static final Completion IGNORED = new Completion();

    @Override
    public CoroutineContext getContext() {
      return EmptyCoroutineContext.INSTANCE;
    }

    @Override
    public void resumeWith(Object result) {
      // Finished.
    }
  }

  @SuppressWarnings("serial")
  private static final class Counter extends ContinuationImpl {
    private final long[] count;

    Counter(long[] count) {
      super(Completion.IGNORED);
      this.count = count;
    }

    @Override
    protected @Nullable Object invokeSuspend(Object result) {
      count[0]++;
      return Unit.INSTANCE;
    }
  }

  @SuppressWarnings("serial")
  private static final class Yielder extends ContinuationImpl {
    private final long[] count;
    private int label;

    Yielder(long[] count) {
      super(Completion.IGNORED);
      this.count = count;
    }

    @Override
    protected @Nullable Object invokeSuspend(Object result) {
      if (label > 1) {
        throw new IllegalStateException("call to 'resume' before 'invoke' with coroutine");
      }
      label = 1;
      count[0]++;
      return IntrinsicsKt.getCOROUTINE_SUSPENDED();
    }
  }

  @SuppressWarnings("serial")
  private static final class Nest extends ContinuationImpl {
    private final int depth;
    private final long[] count;

    Nest(int depth, long[] count) {
      super(Completion.IGNORED);
      this.depth = depth;
      this.count = count;
    }

    @Override
    protected @Nullable Object invokeSuspend(Object result) {
      count[0]++;
      if (depth > 1) {
        start(new Nest(depth - 1, count)).enter();
      }
      return Unit.INSTANCE;
    }
  }
}
