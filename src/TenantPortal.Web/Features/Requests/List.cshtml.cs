using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Requests;

/// <summary>My requests, open ones first; a manager can look at the whole company's.</summary>
internal sealed class ListPage(PortalDb db, Me me, TimeProvider time, NextStep next, StaffDirectory staff) : PageModel
{
    private const int Shown = 30;

    [BindProperty(SupportsGet = true)] public bool Company { get; set; }
    /// <summary>Solved requests older than this number are on the next page.</summary>
    [BindProperty(SupportsGet = true)] public int? Before { get; set; }

    public bool IsManager => me.Contact.Role == ContactRole.Manager;
    public ClientTime Time { get; } = new(me.Client!, time.GetUtcNow());
    public IReadOnlyList<RequestHead> Open { get; private set; } = [];
    public IReadOnlyList<RequestHead> Solved { get; private set; } = [];
    public bool HasMore { get; private set; }

    public string Next(RequestHead head) => next.Of(head, head.AssigneeId is { } id ? staff.ById(id)?.FirstName : null, Time);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Company &= IsManager;
        var tickets = db.Tickets.AsNoTracking().ReadableFor(me.Contact);
        if (!Company) tickets = tickets.Where(t => t.ContactId == me.Contact.Id);
        if (Before is null) Open = await ReadRequest.Heads(db, tickets.Where(t => t.IsOpen).OrderBy(t => t.DueAt).ThenBy(t => t.Number).Take(200)).ToListAsync(cancel);
        var solved = tickets.Where(t => !t.IsOpen && (Before == null || t.Number < Before)).OrderByDescending(t => t.Number).Take(Shown + 1);
        var read = await ReadRequest.Heads(db, solved).ToListAsync(cancel);
        (Solved, HasMore) = ([.. read.Take(Shown)], read.Count > Shown);
    }
}
