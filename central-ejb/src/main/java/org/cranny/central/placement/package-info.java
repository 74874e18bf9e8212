/** Which host holds which fragment, and central's own copies of tree and index packs. */
package org.cranny.central.placement;
