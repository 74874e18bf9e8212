/** This enrolled machine: all that its home holds, opened when it is needed. */
package org.cranny.client.machine;
