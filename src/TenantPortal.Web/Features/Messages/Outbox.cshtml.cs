using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Messages;

internal sealed class OutboxPage(PortalDb db, SettleMessage settle, ClientDirectory clients, IStringLocalizer<Words> words) : PageModel
{
    public sealed record Row(Guid Id, Client Client, string Recipient, string Subject, OutboxState State, string? Error, DateTimeOffset CreatedAt, bool HasBytes);

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    /// <summary>How many letters wait for the mail host, and what it said last.</summary>
    public (int Count, string Why)? Waiting { get; private set; }
    public string? Refusal { get; private set; }
    [TempData] public string? Done { get; set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var messages = await db.Outbox.AsNoTracking().Where(m => m.State == OutboxState.Uncertain || m.State == OutboxState.Failed).OrderByDescending(m => m.CreatedAt).Take(100)
            .Select(m => new { m.Id, m.TenantId, m.Recipient, m.Subject, m.State, m.Error, m.CreatedAt, Size = m.Bytes.Length }).ToListAsync(cancel);
        var waiting = db.Outbox.AsNoTracking().Where(m => m.State == OutboxState.Queued && m.Error != null);
        if (await waiting.OrderByDescending(m => m.CallBegunAt).Select(m => m.Error).FirstOrDefaultAsync(cancel) is { } why) Waiting = (await waiting.Take(1_000).CountAsync(cancel), why);
        Rows = [.. messages.Select(m => new Row(m.Id, clients.ById(m.TenantId)!, m.Recipient, m.Subject, m.State, m.Error, m.CreatedAt, m.Size > 0))];
    }

    public Task<IActionResult> OnPostAgainAsync(Guid id, CancellationToken cancel) => DecideAsync(id, again: true, cancel);

    public Task<IActionResult> OnPostArrivedAsync(Guid id, CancellationToken cancel) => DecideAsync(id, again: false, cancel);

    private async Task<IActionResult> DecideAsync(Guid id, bool again, CancellationToken cancel)
    {
        var (found, refusal) = await settle.RunAsync(id, again, cancel);
        if (!found) return NotFound();
        Refusal = refusal?.Sentence;
        if (refusal is null) { Done = words[again ? "Queued" : "Settled"]; return RedirectToPage(); }
        await OnGetAsync(cancel);
        return Page();
    }
}
