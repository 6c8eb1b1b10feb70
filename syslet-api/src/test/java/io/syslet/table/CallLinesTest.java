package io.syslet.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Arch;
import io.syslet.CProgram;
import io.syslet.Nr;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of the table, beside the numbers and sizes of C. */
class CallLinesTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachLineParsesAndNoNumberOrNameComesTwice(boolean x86) {
    Set<String> names = new HashSet<>();
    Set<Integer> numbers = new HashSet<>();
    for (CallEntry entry : CallLines.all(x86)) {
      int number = x86 ? entry.x86Number() : entry.aarch64Number();
      assertThat(names.add(entry.name())).as(entry.name()).isTrue();
      assertThat(number < 0 || numbers.add(number)).as(entry.name()).isTrue();
      assertThat(number).isLessThan(CallTable.NUMBERS);
      assertThat(entry.argumentCount()).isLessThanOrEqualTo(6);
      assertThatCountsAreNumbers(entry);
    }
    assertThat(numbers.size()).isGreaterThan(300);
  }

  private static void assertThatCountsAreNumbers(CallEntry entry) {
    for (int i = 0; i < entry.argumentCount(); i++) {
      Argument argument = entry.argument(i);
      if (argument.countArgument() >= 0) {
        ArgumentKind count = entry.argument(argument.countArgument()).kind();
        assertThat(count.isPointer()).as(entry.name()).isEqualTo(argument.countBehindPointer());
      }
    }
  }

  @Test
  void theIndexOfBothMachinesHasTheNumbersOfTheLines() {
    for (boolean x86 : new boolean[] {true, false}) {
      CallIndex index = new CallIndex(CallText.bytes(), x86);
      for (CallEntry entry : CallLines.all(x86)) {
        int number = x86 ? entry.x86Number() : entry.aarch64Number();
        if (number >= 0) {
          CallEntry found = EntryParser.parse(index.text, index.lines[number] - 1, x86);
          assertThat(found.name()).isEqualTo(entry.name());
          assertThat(index.traits[number]).isEqualTo(entry.traits());
        }
      }
    }
  }

  @Test
  void numbersOfTheHostAreThoseOfC() throws Exception {
    CProgram program = new CProgram().include("sys/syscall.h").begin();
    Map<String, Long> ours = new TreeMap<>();
    for (CallEntry entry : CallLines.all(Arch.X86_64)) {
      ours.put(entry.name(), (long) entry.number());
      program.printIfDefined(entry.name(), "SYS_" + entry.name());
    }
    Map<String, Long> theirs = program.numbers();
    ours.keySet().retainAll(theirs.keySet());
    assertThat(theirs).hasSizeGreaterThan(250).isEqualTo(ours);
  }

  @Test
  void numbersOfAarch64AreThoseOfTheGenericHeader() throws Exception {
    CProgram program = new CProgram();
    for (String macro : new String[] {"RENAMEAT", "NEW_STAT", "SET_GET_RLIMIT", "SYS_CLONE3"}) {
      program.option("-D__ARCH_WANT_" + macro);
    }
    program.option("-D__ARCH_WANT_MEMFD_SECRET").option("-D__BITS_PER_LONG=64");
    program.include("asm-generic/unistd.h").begin();
    Map<String, Long> ours = new TreeMap<>();
    for (CallEntry entry : CallLines.all(false)) {
      ours.put(entry.name(), (long) entry.aarch64Number());
      program.printIfDefined(entry.name(), "__NR_" + entry.name());
    }
    Map<String, Long> theirs = program.numbers();
    ours.keySet().retainAll(theirs.keySet());
    assertThat(theirs).hasSizeGreaterThan(250).isEqualTo(ours);
  }

  @Test
  void sizesThatDifferBetweenMachinesAreThoseOfC() throws Exception {
    CProgram program = new CProgram().include("sys/stat.h").include("sys/epoll.h").begin();
    program.print("stat", "sizeof(struct stat)").print("epoll", "sizeof(struct epoll_event)");
    Map<String, Long> sizes = program.numbers();
    assertThat((long) CallLines.of(Nr.FSTAT).argument(1).unit()).isEqualTo(sizes.get("stat"));
    assertThat((long) CallLines.of(Nr.EPOLL_PWAIT).argument(1).unit())
        .isEqualTo(sizes.get("epoll"));
  }
}
