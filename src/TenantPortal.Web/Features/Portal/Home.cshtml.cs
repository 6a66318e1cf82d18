using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.People;
using TenantPortal.Web.Features.Requests;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Infrastructure.Themes;

namespace TenantPortal.Web.Features.Portal;

/// <summary>The first page: what is wrong, what is open, what else there is. One round trip for a contact whose client is known already.</summary>
internal sealed class HomePage(PortalDb db, PageReads reads, Me me, ClientLooks looks, HomeContents contents, NextStep next, StaffDirectory staff, TimeProvider time) : PageModel
{
    private const int Shown = 10;

    public ClientLook Look { get; private set; } = null!;
    public HomeContent Offered { get; private set; } = null!;
    public IReadOnlyList<RequestHead> Open { get; private set; } = [];
    public Guid? Draft { get; private set; }
    /// <summary>The id that the report will carry from its first screen on.</summary>
    public Guid NewDraft { get; } = Guid.CreateVersion7();
    public ClientTime Time { get; } = new(me.Client!, time.GetUtcNow());

    public string Next(RequestHead head) => next.Of(head, head.AssigneeId is { } id ? staff.ById(id)?.FirstName : null, Time);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var contact = me.Contact.Id;
        Look = await looks.ForAsync(me.Client!.Id, cancel);
        Offered = await contents.OfAsync(me.Client.Id, db, cancel);
        Open = reads.AddOpen(me.Client.Id, me.Contact.ReadsOwn(), Shown);
        var drafts = reads.AddDraft(me.Client.Id, contact);
        await reads.RunAsync(cancel);
        Draft = drafts is [var draft] ? draft : null;
    }
}
