/** A class of the JDK's own tests that its JVM knows by name. */
@NullMarked
package jdk.test.whitebox;

import org.jspecify.annotations.NullMarked;
