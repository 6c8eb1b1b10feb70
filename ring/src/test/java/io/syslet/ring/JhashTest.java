package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hash is the kernel's. */
class JhashTest {
  @TempDir Path folder;

  @Test
  void knownValues() {
    assertThat(Jhash.jhash1word(0, 0)).isEqualTo(0x049396b8);
    assertThat(Jhash.jhash1word(1, 0)).isEqualTo(0x72a82a9b);
    assertThat(Jhash.jhash1word(2, 0)).isEqualTo(0xee626cca);
    assertThat(Jhash.jhash1word(0xdeadbeef, 0)).isEqualTo(0x79e3d207);
  }

  @Test
  void sameAsInC() throws Exception {
    Path program = Programs.compile("jhash", folder);
    int[] words = IntStream.concat(IntStream.range(0, 32), new Random(1).ints(200)).toArray();
    Object[] arguments =
        IntStream.of(words).mapToObj(Integer::toUnsignedString).toArray(Object[]::new);
    String said = Programs.finish(Programs.start(program, arguments));
    int[] hashes = said.lines().mapToInt(Integer::parseUnsignedInt).toArray();
    int[] ours = IntStream.of(words).map(word -> Jhash.jhash1word(word, 0)).toArray();
    assertThat(ours).containsExactly(hashes);
  }

  @Test
  void bucketsAreTheLowBits() {
    assertThat(new WaitQueues(256).bucketOf(0)).isEqualTo(0xb8);
    assertThat(new WaitQueues(256).bucketOf(1)).isEqualTo(0x9b);
    assertThat(new WaitQueues(16).bucketOf(0)).isEqualTo(8);
    assertThat(WaitQueues.system().size()).isEqualTo(256);
  }
}
