/** Speaks to Linux where Java cannot: raw names, nanoseconds, links, devices, extended attributes, holes. */
package org.cranny.engine.posix;
