using Microsoft.AspNetCore.Mvc;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Shared;

/// <summary>The bell of the desk with the number of notices that the person has not read.</summary>
[ViewComponent]
public sealed class Bell(UnreadNotices unread, PageReads reads) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        if (unread.Count is null)
        {
            unread.Join(reads);
            await reads.RunAsync(HttpContext.RequestAborted);
        }
        return View("~/Features/Shared/_Bell.cshtml", unread.Count ?? 0);
    }
}
