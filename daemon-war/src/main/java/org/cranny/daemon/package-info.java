/** The daemon: custody of other machines' fragments without understanding them. */
package org.cranny.daemon;
