package io.syslet.threads.expected;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Thread locals, scoped values, class loaders, and who hears of what nobody catches. */
@ParameterizedClass
@EnumSource
class InheritanceTest {
  private static final ThreadLocal<@Nullable String> LOCAL = new ThreadLocal<>();
  private static final ThreadLocal<@Nullable String> INHERITED = new InheritableThreadLocal<>();
  private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();

  @Parameter ThreadKind kind = ThreadKind.JDK;

  @Test
  void threadLocalsAreItsOwnWhereverItRuns() throws Exception {
    LOCAL.set("the test's");
    for (int i = 0; i < 100; i++) {
      String own = "own " + i;
      assertThat(kind.<Boolean>call(() -> keeps(own))).isTrue();
    }
    assertThat(LOCAL.get()).isEqualTo("the test's");
    LOCAL.remove();
  }

  private static boolean keeps(String own) throws InterruptedException {
    boolean clean = LOCAL.get() == null;
    LOCAL.set(own);
    Thread.sleep(1);
    return clean && own.equals(LOCAL.get());
  }

  @Test
  void inheritsWhatIsInheritable() throws Exception {
    INHERITED.set("the test's");
    AtomicReference<@Nullable String> seen = new AtomicReference<>();
    kind.builder().start(() -> seen.set(INHERITED.get())).join();
    assertThat(seen.get()).isEqualTo("the test's");
    kind.builder()
        .inheritInheritableThreadLocals(false)
        .start(() -> seen.set(INHERITED.get()))
        .join();
    assertThat(seen.get()).isNull();
    INHERITED.remove();
  }

  @Test
  void inheritsTheContextClassLoader() throws Exception {
    ClassLoader mine = new ClassLoader() {};
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(mine);
    try {
      assertThat(kind.<ClassLoader>call(() -> Thread.currentThread().getContextClassLoader()))
          .isSameAs(mine);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void aScopedValueHoldsInItsScopeAlone() throws Exception {
    assertThat(kind.<String>call(() -> ScopedValue.where(SCOPED, "bound").call(this::slept)))
        .isEqualTo("bound true");
    String unbound =
        ScopedValue.where(SCOPED, "outer")
            .call(() -> kind.<String>call(() -> SCOPED.isBound() ? "bound" : "not bound"));
    assertThat(unbound).isEqualTo("not bound");
  }

  private String slept() throws InterruptedException {
    Thread.sleep(1);
    return SCOPED.get() + " " + SCOPED.isBound();
  }

  @Test
  void theBuildersHandlerHearsOfWhatNobodyCatches() throws Exception {
    AtomicReference<@Nullable Throwable> heard = new AtomicReference<>();
    AtomicReference<@Nullable Thread> where = new AtomicReference<>();
    RuntimeException thrown = new RuntimeException("for the handler");
    Thread thread =
        kind.builder()
            .uncaughtExceptionHandler(
                (t, e) -> {
                  where.set(t);
                  heard.set(e);
                })
            .start(
                () -> {
                  throw thrown;
                });
    thread.join();
    assertThat(heard.get()).isSameAs(thrown);
    assertThat(where.get()).isSameAs(thread);
  }

  @Test
  void elseTheDefaultHandlerDoes() throws Exception {
    AtomicReference<@Nullable Throwable> heard = new AtomicReference<>();
    RuntimeException thrown = new RuntimeException("for the default handler");
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((t, e) -> heard.set(e));
    try {
      kind.builder()
          .start(
              () -> {
                throw thrown;
              })
          .join();
      assertThat(heard.get()).isSameAs(thrown);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }
}
