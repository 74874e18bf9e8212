/** Central's own state, sealed, so that central can be made again where everything of it is lost. */
package org.cranny.central.dump;
