/** Who did what, in a chain of hashes. */
package org.cranny.central.log;
