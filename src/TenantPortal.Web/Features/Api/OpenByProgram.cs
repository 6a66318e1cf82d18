using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Api;

/// <summary>Makes a ticket of a program's report, through the same gate, verdict and clocks as the form.</summary>
public sealed class OpenByProgram(PortalDb db, OpenTicket open, Named named, ApiKey keys, Me me, TimeProvider time)
{
    public const int LongestText = 20_000;

    /// <summary>The number, and whether it was made before under the same key; or why not.</summary>
    public async Task<(int? Number, bool Again, IResult? Problem)> RunAsync(Client client, OpenRequest asked, string? key, byte[] hash, CancellationToken cancel)
    {
        if ((ApiKey.Problem(key) ?? Check(asked)) is { } wrong) return (null, false, ApiResults.Wrong(wrong));
        var now = time.GetUtcNow();
        if (key is not null && await keys.WasDoneAsync(client, key, hash, cancel) is { } same) return await AgainAsync(client, key, same, cancel);
        if (asked.ExternalRef is not null && await KnownAsync(client, asked.ExternalRef, cancel) is { } known) return (known, true, null);
        if (await named.PersonAsync(client, asked.Contact, cancel) is not { } contact) return (null, false, ApiResults.Wrong("“contact” names no active person of this client: give a mail address, an id or your own reference."));
        var site = asked.Site is { Length: > 0 } at ? await named.SiteAsync(client, at, cancel) : null;
        if (asked.Site is { Length: > 0 } && site is null) return (null, false, ApiResults.Wrong("“site” names no site of this client: give an id or your own reference."));
        var device = asked.Device is { Length: > 0 } on ? await named.DeviceAsync(client, on, cancel) : null;
        if (asked.Device is { Length: > 0 } && device is null) return (null, false, ApiResults.Wrong("“device” names no device of this client: give an id or your own reference."));
        if (key is not null)
        {
            await keys.ForgetAsync(client, now, cancel);
            keys.Add(client, key, hash, now);
        }
        try
        {
            var opened = await open.RunAsync(new()
            {
                Report = ReportOf(asked, site), ContactId = contact.Id, Client = client.Id, Sender = new(client.Id, contact.SiteId, contact.DeviceId), DeviceId = device,
                SubmissionKey = key is null ? Guid.CreateVersion7() : keys.FormKey(key), By = me.StaffOrNone is null ? new(ActorKind.Contact, contact.Id.Value, contact.Name) : me.AsActor(), IsOffered = me.StaffOrNone is null, ExternalRef = asked.ExternalRef,
            }, cancel);
            return (opened!.Ticket.Number, opened.AlreadySent, null);
        }
        // the same key or reference came twice at once, and the other was quicker
        catch (DbUpdateException e) when ((key ?? asked.ExternalRef) is not null && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            if (asked.ExternalRef is not null && await KnownAsync(client, asked.ExternalRef, cancel) is { } quicker) return (quicker, true, null);
            if (key is null) throw;
            return await AgainAsync(client, key, await keys.WasDoneAsync(client, key, hash, cancel) ?? false, cancel);
        }
    }

    private Task<int?> KnownAsync(Client client, string reference, CancellationToken cancel) => db.Tickets.AsNoTracking().Where(t => t.TenantId == client.Id && t.ExternalRef == reference).Select(t => (int?)t.Number).SingleOrDefaultAsync(cancel);

    private async Task<(int?, bool, IResult?)> AgainAsync(Client client, string key, bool isSame, CancellationToken cancel)
    {
        var form = keys.FormKey(key);
        var number = isSame ? await db.Tickets.AsNoTracking().Where(t => t.TenantId == client.Id && t.SubmissionKey == form).Select(t => (int?)t.Number).SingleOrDefaultAsync(cancel) : null;
        return number is null ? (null, false, ApiResults.KeyUsed()) : (number, true, null);
    }

    private static Report ReportOf(OpenRequest asked, SiteId? site) => new()
    {
        Subject = CleanText.FirstLine(string.IsNullOrWhiteSpace(asked.Subject) ? asked.Text : asked.Subject), Text = asked.Text.Trim(), Channel = Channel.Api, ErrorText = string.IsNullOrWhiteSpace(asked.Error) ? null : asked.Error.Trim(),
        Impact = asked.Impact, Urgency = asked.Urgency, AffectedSystem = string.IsNullOrWhiteSpace(asked.System) ? null : CleanText.FirstLine(asked.System), Sensitivity = asked.Sensitivity, SiteId = site,
    };

    private static string? Check(OpenRequest asked)
    {
        if (string.IsNullOrWhiteSpace(asked.Text)) return "“text” is empty: say what is wrong.";
        if (asked.Text.Length > LongestText) return $"“text” has {asked.Text.Length} characters; {LongestText} are read.";
        if (asked.ExternalRef is { Length: 0 or > 120 }) return "“externalRef” has 1 to 120 characters.";
        return asked.Subject?.Length > 500 || asked.Error?.Length > 4_000 || asked.System?.Length > 200 ? "“subject” has at most 500 characters, “error” 4,000 and “system” 200." : null;
    }
}
