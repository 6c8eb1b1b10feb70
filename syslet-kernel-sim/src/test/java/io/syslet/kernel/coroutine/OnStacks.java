package io.syslet.kernel.coroutine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tests of coroutines on stacks of one kind. */
abstract class OnStacks {
  private final StackSwitch stacks;
  final List<String> seen = new ArrayList<>();

  OnStacks(StackSwitch stacks) {
    this.stacks = stacks;
  }

  final Coroutine create(String name, CoroutineEntry entry) {
    return Coroutine.create(stacks, name, entry);
  }

  static void refused(Runnable action, String... texts) {
    assertThatIllegalStateException().isThrownBy(action::run).satisfies(e -> names(e, texts));
  }

  private static void names(Exception e, String... texts) {
    assertThat(e.getMessage()).contains(texts);
  }

  static Coroutine running() {
    return Objects.requireNonNull(Coroutine.self());
  }
}
