/** The machines of the realm, and the space and state of those that lend some. */
package org.cranny.central.system;
