using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Requests;

/// <summary>My requests, open ones first; a manager can look at the whole company's.</summary>
internal sealed class ListPage(PageReads reads, Me me, TimeProvider time, NextStep next, StaffDirectory staff) : PageModel
{
    private const int Shown = 30, MostOpen = 200;

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
        var of = Company ? RequestReader.OfCompany : me.Contact.ReadsOwn();
        if (Before is null) Open = reads.AddOpen(me.Client!.Id, of, MostOpen);
        var solved = reads.AddSolved(me.Client!.Id, of, Before, Shown + 1);
        await reads.RunAsync(cancel);
        (Solved, HasMore) = ([.. solved.Take(Shown)], solved.Count > Shown);
    }
}
