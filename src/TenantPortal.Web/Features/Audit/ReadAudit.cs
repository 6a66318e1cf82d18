using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Audit;

/// <summary>One link for a person to read: who, what, when, and each part of what was written down.</summary>
public sealed record SeenLink(AuditEntry Entry, string? Who, int? TicketNumber, IReadOnlyList<(string Name, string Value)> Parts);

/// <summary>Reads a client's log, for operators and service leads of the clients they serve.</summary>
public sealed class ReadAudit(PortalDb db, AuditRows rows, ClientDirectory clients, Me me)
{
    private const int PageSize = 60, LongestPart = 400;

    public bool MayEnter => me.Has(StaffRoles.Operator | StaffRoles.ServiceLead);

    public IReadOnlyList<Client> Clients => MayEnter ? [.. clients.All.Where(c => me.Staff.Serves(c.Id)).OrderBy(c => c.IsMsp).ThenBy(c => c.Name, StringComparer.Ordinal)] : [];

    public Client? BySlug(string slug) => Clients.FirstOrDefault(c => c.Slug == slug);

    public async Task<IReadOnlyList<SeenLink>> PageAsync(Client client, long? before, CancellationToken cancel)
    {
        var lines = await rows.NewestAsync(client.Id, before, PageSize, cancel);
        var ids = lines.Select(l => l.Entry.TicketId).OfType<Guid>().Distinct().Select(id => new TicketId(id)).ToList();
        var numbers = await db.Tickets.AsNoTracking().Where(t => t.TenantId == client.Id && ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id.Value, t => t.Number, cancel);
        return [.. lines.Select(line => Seen(line, numbers))];
    }

    public async Task<AuditChain> CheckAsync(Client client, CancellationToken cancel)
    {
        var chain = new AuditChain(client.Id);
        await foreach (var line in rows.AllAsync(client.Id, cancel)) chain.Follow(line.Entry, line.Content);
        return chain;
    }

    private static SeenLink Seen(AuditLine line, Dictionary<Guid, int> numbers)
    {
        var number = line.Entry.TicketId is { } ticket && numbers.TryGetValue(ticket, out var known) ? known : (int?)null;
        if (line.Content is null) return new(line.Entry, null, number, []);
        using var content = JsonDocument.Parse(line.Content);
        var root = content.RootElement;
        var who = root.TryGetProperty("actorName", out var name) ? name.GetString() : null;
        return new(line.Entry, who, number, root.TryGetProperty("detail", out var detail) ? [.. detail.EnumerateObject().Select(p => (p.Name, Text(p.Value)))] : root.TryGetProperty("output", out var output) ? [.. Output(output)] : []);
    }

    // of a decision: what came out, without the candidates that the ticket's own page shows
    private static IEnumerable<(string, string)> Output(JsonElement output) =>
        output.ValueKind == JsonValueKind.Object ? output.EnumerateObject().Where(p => p.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False).Select(p => (p.Name, Text(p.Value))) : [];

    private static string Text(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length <= LongestPart ? text : CleanText.Start(text, LongestPart) + "…";
    }
}
