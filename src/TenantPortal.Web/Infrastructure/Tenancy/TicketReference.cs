using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>A ticket as people say it: the client's prefix and the number.</summary>
public sealed record TicketReference(Client Client, int Number)
{
    public override string ToString() => $"{Client.TicketPrefix}-{Number}";

    /// <summary>Null for anything that is no reference of a client here; whether the reader may see it is decided by the scope.</summary>
    public static TicketReference? Parse(string text, ClientDirectory clients) =>
        text.Trim().ToUpperInvariant().Split('-', 2) is [var prefix, var digits] && clients.ByPrefix(prefix) is { } client && int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? new(client, number) : null;
}
