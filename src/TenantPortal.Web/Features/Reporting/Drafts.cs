using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Secrets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Reporting;

/// <summary>The signed-in contact's half-typed reports. A draft's id becomes the ticket's submission key, so that one draft makes one ticket.</summary>
public sealed class Drafts(PortalDb db, PageReads reads, JobQueue jobs, ClientKeys keys, Me me, TimeProvider time)
{
    private const string Purpose = "report-draft";
    private ReportDraft? found;

    /// <summary>False when the person neither searched nor opened a guide in the time before the draft was found here.</summary>
    public bool HasTrail { get; private set; } = true;

    public async Task<ReportForm?> FindAsync(Guid id, CancellationToken cancel)
    {
        var (drafts, trails) = reads.AddDraft(me.Client!.Id, me.Contact.Id, id, time.GetUtcNow() - BeforeSending.Window);
        await reads.RunAsync(cancel);
        if (drafts is not [var draft]) return null;
        (found, HasTrail) = (draft, trails[0]);
        return JsonSerializer.Deserialize<ReportForm>(await OpenAsync(draft.Form, cancel), ColumnTypes.JsonOptions);
    }

    /// <summary>The draft goes with the save that makes its ticket: a failure on the way leaves a form that can be sent again.</summary>
    public void Leave()
    {
        if (found is not null) db.Remove(found);
    }

    /// <summary>False when the id is somebody else's.</summary>
    public async Task<bool> SaveAsync(Guid id, ReportForm form, CancellationToken cancel)
    {
        if (await UpdateAsync(id, form, cancel)) return true;
        var now = time.GetUtcNow();
        found = new ReportDraft { TenantId = me.Client!.Id, Id = id, ContactId = me.Contact.Id.Value, Form = await SealAsync(form, cancel), UpdatedAt = now };
        db.Add(found);
        jobs.Add(me.Client.Id, ForgetDrafts.JobKind, id, now + ForgetDrafts.Kept);
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        // the same screen was sent twice at once, and the other was quicker
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return await UpdateAsync(id, form, cancel);
        }
    }

    public Task RemoveAsync(Guid id, CancellationToken cancel) => Mine().Where(d => d.Id == id).ExecuteDeleteAsync(cancel);

    /// <summary>The number of the ticket that this draft has become already.</summary>
    public Task<int?> SentAsync(Guid id, CancellationToken cancel) =>
        db.Tickets.AsNoTracking().Where(t => t.SubmissionKey == id && t.ContactId == me.Contact.Id).Select(t => (int?)t.Number).FirstOrDefaultAsync(cancel);

    private async Task<bool> UpdateAsync(Guid id, ReportForm form, CancellationToken cancel)
    {
        if (await Mine().FirstOrDefaultAsync(d => d.Id == id, cancel) is not { } draft) return false;
        found = draft;
        (draft.Form, draft.UpdatedAt) = (await SealAsync(form, cancel), time.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return true;
    }

    // a draft is still being typed, so nothing in it is masked; one that holds a credential is kept sealed as a whole
    private async Task<string> SealAsync(ReportForm form, CancellationToken cancel)
    {
        var text = JsonSerializer.Serialize(form, ColumnTypes.JsonOptions);
        if (!SecretCover.Finds(form.Text) && !SecretCover.Finds(form.Error ?? "") && !SecretCover.Finds(text)) return text;
        return JsonSerializer.Serialize(new SealedForm(await keys.SealAsync(me.Client!.Id, text, Purpose, cancel), form.Files), ColumnTypes.JsonOptions);
    }

    private async Task<string> OpenAsync(string form, CancellationToken cancel) =>
        form.Contains("\"sealed\"", StringComparison.Ordinal) && JsonSerializer.Deserialize<SealedForm>(form, ColumnTypes.JsonOptions)?.Sealed is { } bytes ? await keys.OpenAsync(me.Client!.Id, bytes, Purpose, cancel) : form;

    // the files stay readable for the job that clears what no draft holds
    private sealed record SealedForm(byte[]? Sealed, List<Infrastructure.Files.KeptFile>? Files);

    private IQueryable<ReportDraft> Mine() => db.ReportDrafts.Where(d => d.ContactId == me.Contact.Id.Value);
}
