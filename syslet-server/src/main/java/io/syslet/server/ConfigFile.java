package io.syslet.server;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.syslet.client.TrustedFile;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A configuration file: one JSON object, whose keys are the {@link ServerOptions} in kebab case.
 */
public final class ConfigFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .changeDefaultVisibility(
              checker ->
                  checker
                      .withVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
                      .withVisibility(
                          PropertyAccessor.FIELD, JsonAutoDetect.Visibility.PUBLIC_ONLY))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .changeDefaultNullHandling(
              nulls -> nulls.withValueNulls(Nulls.FAIL).withContentNulls(Nulls.FAIL))
          .build();

  private ConfigFile() {}

  /**
   * Sets what the file says; the rest stays.
   *
   * @throws IOException if it cannot be read, and why, with the key or the line; or a key is
   *     unknown.
   */
  public static void read(Path file, ServerOptions options) throws IOException {
    byte[] text = Files.readAllBytes(TrustedFile.check(file));
    try {
      check(file, MAPPER.readTree(text));
      MAPPER.readerForUpdating(options).readValue(text);
    } catch (UnrecognizedPropertyException e) {
      throw new IOException(file + ": unknown key \"" + e.getPropertyName() + "\"", e);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new IOException(file + ", line " + line + ": " + reason(e), e);
    }
  }

  private static String reason(JacksonException e) {
    String key = e.getPath().isEmpty() ? null : e.getPath().getFirst().getPropertyName();
    if (key == null || !(e instanceof MismatchedInputException wrong)) {
      return e.getOriginalMessage()
          .replaceFirst(" \\(start marker.*|: not allowed as per.*", "")
          .lines()
          .findFirst()
          .orElse("no JSON");
    }
    return "\"" + key + "\": not " + expected(wrong.getTargetType());
  }

  /** What the mapper would take for something else. */
  private static void check(Path file, JsonNode tree) throws IOException {
    if (!(tree instanceof ObjectNode object)) {
      throw new IOException(file + ": no JSON object");
    }
    for (Field field : ServerOptions.class.getFields()) {
      String key = field.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      boolean isText = field.getType() == Path.class || field.getType() == String.class;
      if (isText && object.has(key) && !object.get(key).isString()) {
        throw new IOException(file + ": \"" + key + "\": not a text");
      }
    }
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == int.class || type == long.class || type == Long.class) {
      return "a whole number in its range";
    }
    return type != null && List.class.isAssignableFrom(type) ? "a list" : "a text";
  }
}
