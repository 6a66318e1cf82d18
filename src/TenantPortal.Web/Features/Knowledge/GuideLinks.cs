using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Addresses that carry along what somebody typed, so that it is not typed twice.</summary>
internal static class GuideLinks
{
    // longer addresses are cut by some proxies
    private const int LongestCarried = 1000;

    public static string Guides(Client client) => $"/c/{client.Slug}/guides";

    public static string Guide(Client client, string slug, string? text = null, Guid? search = null) => $"{Guides(client)}/{slug}{Query(("text", Cut(text)), ("search", search?.ToString()))}";

    public static string Topic(Client client, string name) => $"{Guides(client)}?topic={Uri.EscapeDataString(name)}";

    public static string Desk(Client client, string slug, Guid? search = null) => $"/desk/guides/{client.TicketPrefix}/{slug}{Query(("search", search?.ToString()))}";

    public static string Steps(Client client, string slug, string? step, string? text) => $"{Guides(client)}/{slug}/steps{Query(("step", step), ("text", Cut(text)))}";

    public static string Report(Client client, string? text) => $"/c/{client.Slug}/report{Query(("text", Cut(text)))}";

    public static string NewTicket(string? text) => $"/desk/new{Query(("text", Cut(text)))}";

    private static string? Cut(string? text) => text is null ? null : new(text.Trim().AsSpan()[..Math.Min(text.Trim().Length, LongestCarried)]);

    private static string Query(params (string Name, string? Value)[] parts)
    {
        var query = string.Join('&', parts.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return query.Length > 0 ? "?" + query : "";
    }
}
