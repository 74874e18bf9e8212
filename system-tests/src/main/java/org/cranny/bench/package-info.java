/** A great realm that nobody has to wait for: central's database filled with believable rows, and its answers timed. */
package org.cranny.bench;
