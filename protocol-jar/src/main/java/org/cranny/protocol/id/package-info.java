/** Names of realms and machines. */
package org.cranny.protocol.id;
