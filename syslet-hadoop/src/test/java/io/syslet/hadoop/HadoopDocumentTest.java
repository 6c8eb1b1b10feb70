package io.syslet.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** What docs/hadoop.md says of the keys. */
class HadoopDocumentTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `(fs\\.syslet\\.[a-z.]+)` \\| (.*?) \\|", Pattern.MULTILINE);

  private static Map<String, String> rows() throws Exception {
    Map<String, String> rows = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("../docs/hadoop.md")));
    while (row.find()) {
      rows.put(row.group(1), row.group(2));
    }
    return rows;
  }

  @Test
  void itHasAllKeysAndNoOther() throws Exception {
    TreeSet<String> keys = new TreeSet<>();
    for (Field field : DoorKeys.class.getFields()) {
      keys.add((String) field.get(null));
    }
    keys.remove(DoorKeys.SCHEME);
    assertThat(rows().keySet()).isEqualTo(keys);
  }

  @Test
  void theDefaultsAreThoseThatItSays() throws Exception {
    Configuration conf = new Configuration(false);
    for (Map.Entry<String, String> row : rows().entrySet()) {
      if (row.getValue().startsWith("`")) {
        conf.set(row.getKey(), row.getValue().replace("`", ""));
      }
    }
    URI uri = URI.create("syslet:///");
    assertThat(DoorOptions.of(uri, conf)).isEqualTo(DoorOptions.of(uri, new Configuration(false)));
  }
}
