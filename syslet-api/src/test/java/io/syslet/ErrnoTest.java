package io.syslet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrnoTest {
  private static final Set<String> NO_ERRORS = Set.of("MAX");

  @Test
  void namesAndTextsAreThoseOfC() throws Exception {
    CProgram program = new CProgram().include("string.h").begin();
    program.line("for (int i = 1; i <= 133; i++) { const char *n = strerrorname_np(i);");
    program.line("printf(\"%d:%s:%s\\n\", i, n ? n : \"EUNKNOWN\", n ? strerror(i) : \"-\"); }");
    List<String> lines = program.run();
    assertThat(lines).hasSize(133);
    for (int i = 1; i <= 133; i++) {
      String name = Errno.name(i);
      String text = name.equals("EUNKNOWN") ? "-" : Errno.text(i);
      assertThat(i + ":" + name + ":" + text).isEqualTo(lines.get(i - 1));
    }
  }

  @Test
  void eachConstantHasItsOwnName() throws Exception {
    int count = 0;
    for (Field field : Errno.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && !NO_ERRORS.contains(field.getName())) {
        assertThat(Errno.name(field.getInt(null))).isEqualTo(field.getName());
        count++;
      }
    }
    assertThat(count).isEqualTo(132);
  }

  @Test
  void unknownNumbersAreNamedSo() {
    for (int errno : new int[] {0, 41, 58, 134, 511, 513, 4095, -2, Integer.MIN_VALUE}) {
      assertThat(Errno.name(errno)).isEqualTo("EUNKNOWN");
      assertThat(Errno.text(errno)).isEqualTo("Unknown error");
    }
    assertThat(Errno.name(512)).isEqualTo("ERESTARTSYS");
  }

  @Test
  void pendingHasTheNumberOfRfkill() {
    assertThat(Errno.ERFKILL).isEqualTo(Syslet.ESYSLETPENDING);
  }

  @Test
  void errorsAreTheLast4095Values() {
    assertThat(Errno.isError(-1)).isTrue();
    assertThat(Errno.isError(-4095)).isTrue();
    assertThat(Errno.isError(-4096)).isFalse();
    assertThat(Errno.isError(0)).isFalse();
    assertThat(Errno.isError(Long.MAX_VALUE)).isFalse();
    assertThat(Errno.isError(Long.MIN_VALUE)).isFalse();
    assertThat(Errno.isError(0xffff_ffffL)).isFalse();
  }

  @Test
  void lookUpsAllocateNothing() {
    long bytes =
        Allocation.of(
            () -> {
              for (int i = 0; i < 600; i += 7) {
                assert Errno.name(i) != null && Errno.text(i) != null;
              }
            });
    assertThat(bytes).isZero();
  }

  @Test
  void aResultIsDescribed() {
    assertThat(Errno.describe(-Errno.ENOENT)).isEqualTo("No such file or directory (ENOENT)");
    assertThat(Errno.describe(-4095)).isEqualTo("Unknown error (EUNKNOWN)");
    assertThat(Errno.describe(-4096)).isEqualTo("-4096");
    assertThat(Errno.describe(17)).isEqualTo("17");
  }
}
