/**
 * Everything that reads octets which come from somewhere else: each module that has such readers lists them in its
 * {@code ReadersTest}, a {@link org.cranny.protocol.readers.ReadersContract}. The tests give each of them what nobody meant
 * to write; {@code bin/fuzz} does it for as long as one likes.
 */
package org.cranny.protocol.readers;
