/** Central as a whole on a real Payara Server: what only the container can break, and what only a restart can. */
package org.cranny.ear;
