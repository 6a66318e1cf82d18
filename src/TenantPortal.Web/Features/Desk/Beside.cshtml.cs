using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

/// <summary>The head of the queue, as it stands beside an open ticket.</summary>
internal sealed class BesidePage(TicketQueue queue, ClientDirectory directory, TimeProvider time) : PageModel
{
    private DateTimeOffset now;

    /// <summary>The ticket that is open beside it.</summary>
    [BindProperty(SupportsGet = true)] public string? At { get; set; }
    public IReadOnlyList<QueueRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        now = time.GetUtcNow();
        Rows = [.. (await queue.RunAsync(QueueFilter.Everything, cancel)).Take(TicketQueue.PageSize)];
    }

    public Client ClientOf(QueueRow row) => directory.ById(row.TenantId)!;

    public ClockWords ClockOf(QueueRow row) => row.ClockAt(now);
}
