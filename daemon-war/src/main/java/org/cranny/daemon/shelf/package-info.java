/** Where fragments lie. */
package org.cranny.daemon.shelf;
