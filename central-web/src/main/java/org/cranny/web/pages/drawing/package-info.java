/** Charts that the server draws as SVG, each with its figures behind it. */
package org.cranny.web.pages.drawing;
