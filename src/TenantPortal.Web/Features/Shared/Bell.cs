using Microsoft.AspNetCore.Mvc;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Shared;

/// <summary>The bell of the desk with the number of notices that the person has not read.</summary>
[ViewComponent]
public sealed class Bell(Me me, PageReads reads) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var unread = reads.AddUnreadNotices(me.Staff.Id);
        await reads.RunAsync(HttpContext.RequestAborted);
        return View("~/Features/Shared/_Bell.cshtml", unread[0]);
    }
}
