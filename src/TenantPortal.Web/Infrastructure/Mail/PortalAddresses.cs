using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>The full address of a page as a mail must write it: on the client's own host name where it has one.</summary>
public sealed class PortalAddresses(PortalSettings settings)
{
    private readonly Uri own = new(settings.Url);

    public string Of(Client client, string path)
    {
        if (path.StartsWith("/desk", StringComparison.Ordinal) || path.StartsWith("/admin", StringComparison.Ordinal)) return settings.Url + path;
        if (client.Host is null) return $"{settings.Url}/c/{client.Slug}{path}";
        return $"{own.Scheme}://{client.Host}{(own.IsDefaultPort ? "" : $":{own.Port}")}{path}";
    }
}
