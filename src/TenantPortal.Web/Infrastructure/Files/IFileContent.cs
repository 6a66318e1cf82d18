using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>Where the bytes of kept files lie, in numbered pieces of at most a megabyte; rows, names and rights are the store's. A piece is there before the row that speaks of it is committed.</summary>
public interface IFileContent
{
    /// <summary>As it stands in the row of each file that was put there.</summary>
    string Place { get; }

    Task PutAsync(PortalDb db, TenantId client, Guid file, int number, byte[] bytes, CancellationToken cancel);

    /// <summary>Null after the last piece.</summary>
    Task<byte[]?> GetAsync(PortalDb db, TenantId client, Guid file, int number, CancellationToken cancel);

    /// <summary>Takes away what lies outside the rows, once these are gone.</summary>
    Task DropAsync(TenantId client, Guid file, CancellationToken cancel);
}
