/** This machine as a source: all that its home holds, opened when it is needed. */
package org.cranny.client.source;
