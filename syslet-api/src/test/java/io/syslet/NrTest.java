package io.syslet;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.table.CallTable;
import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NrTest {
  private static final Set<String> OURS = Set.of("INDIRECT", "RING_WAIT", "WORD_WAIT", "UMEM_ADD");

  @Test
  void theTableHasEachNumberUnderItsName() throws Exception {
    Map<String, Long> all = constants();
    assertThat(all).hasSizeGreaterThan(150);
    all.forEach((name, nr) -> assertThat((long) CallTable.number(name)).as(name).isEqualTo(nr));
  }

  @Test
  void numbersAreThoseOfC() throws Exception {
    Map<String, Long> all = constants();
    CProgram program = new CProgram().include("sys/syscall.h").begin();
    for (String name : all.keySet()) {
      program.printIfDefined(name, "SYS_" + name);
    }
    Map<String, Long> theirs = program.numbers();
    all.keySet().retainAll(theirs.keySet());
    assertThat(theirs).hasSizeGreaterThan(100).isEqualTo(all);
  }

  @Test
  void ourNumbersAreNoCallsAndRefused() {
    for (long nr : new long[] {Nr.INDIRECT, Nr.RING_WAIT, Nr.WORD_WAIT, Nr.UMEM_ADD}) {
      assertThat(CallTable.isKnown(nr)).isFalse();
      assertThat(CallTable.refuses(nr, 0, 0, 0, 0, 0, 0)).isTrue();
    }
  }

  @Test
  void aNumberHasAName() {
    assertThat(Nr.name(Nr.OPENAT)).isEqualTo("openat");
    assertThat(Nr.name(Nr.RING_WAIT)).isEqualTo("ring_wait");
    assertThat(Nr.name(-1)).isEqualTo("syscall -1");
    assertThat(Nr.name(4000)).isEqualTo("syscall 4000");
  }

  private static Map<String, Long> constants() throws IllegalAccessException {
    Map<String, Long> all = new TreeMap<>();
    for (Field field : Nr.class.getFields()) {
      if (!OURS.contains(field.getName())) {
        all.put(field.getName().toLowerCase(Locale.ROOT), field.getLong(null));
      }
    }
    return all;
  }
}
