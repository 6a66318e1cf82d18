using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Shared;

/// <summary>The bell of the desk with the number of notices that the person has not read.</summary>
[ViewComponent]
public sealed class Bell(Me me, PortalDb db) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var staff = me.Staff.Id.Value;
        return View("~/Features/Shared/_Bell.cshtml", await db.Notices.CountAsync(n => n.StaffId == staff && n.ReadAt == null, HttpContext.RequestAborted));
    }
}
