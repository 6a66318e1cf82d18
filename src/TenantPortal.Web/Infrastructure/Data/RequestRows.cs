#pragma warning disable RS0030 // raw SQL: a whole request in one round trip
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>What a contact's page of one request tells, in one round trip.</summary>
public sealed record RequestRows(RequestHead Head, IReadOnlyList<TicketMessage> Messages, IReadOnlyList<TicketAttachment> Files, IReadOnlyList<TicketEvent> Events, IReadOnlyList<Attempt> Attempts, IReadOnlyList<EnvironmentField> KnownFields)
{
    /// <summary>Null when there is no such request, or it is another contact's than the one it must be of.</summary>
    public static async Task<RequestRows?> ReadAsync(PageReads reads, TenantId client, RequestReader of, int number, IEnumerable<TicketEventKind> kinds, CancellationToken cancel)
    {
        string This(int contact) => $"r.tenant_id = $1 and r.ticket_id = (select t.id from ticket t where t.tenant_id = $1 and t.number = $2 {RequestHeads.WhoseOne("t", of, contact)})";
        var heads = reads.AddRequest(client, of, number);
        var messages = reads.Add<TicketMessage>($"where {This(3)} order by r.number", [reads.In(client), Of(number), .. RequestHeads.Contact(of)]);
        var files = reads.Add<TicketAttachment>($"where {This(3)} order by r.at", [reads.In(client), Of(number), .. RequestHeads.Contact(of)]);
        var events = reads.Add<TicketEvent>($"where {This(4)} and r.kind = any($3) order by r.id", [reads.In(client), Of(number), Of(kinds.Select(k => k.ToString()).ToArray()), .. RequestHeads.Contact(of)]);
        var attempts = reads.Add<Attempt>($"where {This(3)} order by r.number", [reads.In(client), Of(number), .. RequestHeads.Contact(of)]);
        var known = reads.Add($"select distinct r.field from ticket_fact r where {This(3)}", r => Enum.Parse<EnvironmentField>(r.GetString(0)), [reads.In(client), Of(number), .. RequestHeads.Contact(of)]);
        await reads.RunAsync(cancel);
        return heads is [var head] ? new(head, messages, files, events, attempts, known) : null;
    }
}
