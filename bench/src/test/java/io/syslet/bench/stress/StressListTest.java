package io.syslet.bench.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** jcstress runs what is in its list, and is content with an empty one: so the list is checked. */
class StressListTest {
  private static final Path SOURCES = Path.of("src/main/java/io/syslet/bench/stress");

  @Test
  void everyRaceIsInTheListThatIsRun() throws IOException {
    String list = list();
    try (Stream<Path> sources = Files.list(SOURCES)) {
      assertThat(sources.filter(StressListTest::isRace).map(StressListTest::className))
          .hasSizeGreaterThan(8)
          .allSatisfy(name -> assertThat(list).contains(name));
    }
  }

  private static String list() throws IOException {
    try (InputStream in = PublishConsume.class.getResourceAsStream("/META-INF/TestList")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static boolean isRace(Path source) {
    try {
      return Files.readString(source).contains("@JCStressTest");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String className(Path source) {
    return "io.syslet.bench.stress." + source.getFileName().toString().replace(".java", "");
  }
}
