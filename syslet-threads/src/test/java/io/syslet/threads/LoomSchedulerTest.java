package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A scheduler that is named to the JDK, for types as the builds of project Loom have had them. */
class LoomSchedulerTest {
  private final List<Runnable> handedOn = new ArrayList<>();

  /** A task that knows more. */
  public interface Task extends Runnable {}

  /** As in later builds. */
  public interface Events {
    /** Tells of a thread that begins. */
    void onStart(Task task);

    /** Tells of a thread that goes on. */
    void onContinue(Task task);

    /** Not to be implemented. */
    default String inherited() {
      return "inherited";
    }
  }

  /** As in earlier builds. */
  public interface Executes {
    /** Runs a task of a thread. */
    void execute(Thread thread, Runnable task);
  }

  private <T> T make(Class<T> type) {
    ClassLoader loader = new ClassLoader(type.getClassLoader()) {};
    return type.cast(LoomScheduler.make(type, loader, handedOn::add));
  }

  @Test
  void handsOnWhatGoesOn() {
    Events scheduler = make(Events.class);
    Task one = () -> {};
    Task other = () -> {};
    scheduler.onStart(one);
    scheduler.onContinue(other);
    assertThat(handedOn).containsExactly(one, other);
    assertThat(scheduler.inherited()).isEqualTo("inherited");
  }

  @Test
  void handsOnWhatIsToldLast() {
    Runnable task = () -> {};
    make(Executes.class).execute(Thread.currentThread(), task);
    assertThat(handedOn).containsExactly(task);
  }

  @Test
  void takesTheBuiltInOneAsWell() throws Exception {
    Class<?> made = make(Events.class).getClass();
    assertThat(made.getConstructor(Events.class).newInstance((Object) null))
        .isInstanceOf(Events.class);
  }

  @Test
  void isChosenWhereTheTypeIs() {
    boolean there =
        List.of(Thread.class.getDeclaredClasses()).stream()
            .anyMatch(type -> type.getSimpleName().equals("VirtualThreadScheduler"));
    assertThat(LoomScheduler.type().isPresent()).isEqualTo(there);
  }
}
