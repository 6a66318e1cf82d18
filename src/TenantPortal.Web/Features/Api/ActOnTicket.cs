using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Api;

/// <summary>Runs one verb for a program: once a key, and only on the version that it has read where it names one.</summary>
public sealed class ActOnTicket(PortalDb db, ChangeTicket change, ApiKey keys, TimeProvider time)
{
    private static readonly Refusal Stop = new("");

    /// <summary>Null when it was done, now or before under the same key; else what to answer.</summary>
    public async Task<(IResult? Problem, bool Again)> RunAsync(Client client, int number, HttpContext context, object? body, Func<Ticket, DateTimeOffset, Refusal?> verb, CancellationToken cancel)
    {
        var key = context.Request.Headers[ApiKey.Header].FirstOrDefault();
        var version = context.Request.Headers.IfMatch.FirstOrDefault() is { Length: > 0 } match and not "*" ? match : null;
        if (ApiKey.Problem(key) is { } wrong) return (ApiResults.Wrong(wrong), false);
        if (await db.Tickets.AsNoTracking().Where(t => t.TenantId == client.Id && t.Number == number).Select(t => (TicketId?)t.Id).SingleOrDefaultAsync(cancel) is not { } id) return (ApiResults.NotFound(), false);
        var hash = ApiKey.HashOf(context, body);
        if (key is not null) await keys.ForgetAsync(client, time.GetUtcNow(), cancel);
        (IResult? Problem, bool Again) told = (null, false);
        var refusal = await change.WithRowsAsync(client.Id, id, async (ticket, now) =>
        {
            if (key is not null && await keys.WasDoneAsync(client, key, hash, cancel) is { } same)
            {
                told = same ? (null, true) : (ApiResults.KeyUsed(), false);
                return Stop;
            }
            if (version is not null && version != ReadTickets.Quoted(db.Entry(ticket).Property<uint>("xmin").CurrentValue))
            {
                told = (ApiResults.Changed(), false);
                return Stop;
            }
            if (verb(ticket, now) is { } refused) return refused;
            if (key is not null) keys.Add(client, key, hash, now);
            return null;
        }, cancel);
        return refusal is null || ReferenceEquals(refusal, Stop) ? told : (ApiResults.Refused(refusal.Sentence), false);
    }
}
