/** How many copies or parts of a pack are made and needed. */
package org.cranny.protocol.redundancy;
