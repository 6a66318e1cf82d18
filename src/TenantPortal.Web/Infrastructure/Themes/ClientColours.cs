using System.Globalization;
using System.Text;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Themes;

/// <summary>The colours of clients as stylesheets: a client's own accent for its portal, and one edge colour a client for the desk.</summary>
public static class ClientColours
{
    /// <summary>The whole stylesheet of one client: nothing but colours, so that anyone may read it.</summary>
    public static string Stylesheet(ClientLook look)
    {
        ArgumentNullException.ThrowIfNull(look);
        var accent = AccentColour.Read(look.Accent) ?? AccentColour.Read(new ClientLook { TenantId = look.TenantId }.Accent)!;
        return $"@layer tokens {{ :root {{ --accent: light-dark({accent.OnLight}, {accent.OnDark}); --on-accent: light-dark(#FFFFFF, #151618); }} }}\n";
    }

    /// <summary>An edge colour for each client by its place among all clients ever made, which never changes.
    /// Hues step by the golden angle and stay out of the reds, which mean late.</summary>
    public static string Edges(IEnumerable<Client> all, Func<Client, bool> isVisible)
    {
        var css = new StringBuilder("@layer tokens {\n");
        foreach (var (index, client) in all.OrderBy(c => c.Id.Value).Index().Where(c => isVisible(c.Item)))
        {
            var hue = (50 + (index * 137.508 % 310)).ToString("0", CultureInfo.InvariantCulture);
            css.Append(CultureInfo.InvariantCulture, $"  [data-edge=\"{client.Slug}\"] {{ --edge: light-dark(oklch(0.55 0.14 {hue}), oklch(0.75 0.12 {hue})); }}\n");
        }
        return css.Append("}\n").ToString();
    }
}
