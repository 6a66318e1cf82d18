namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>Where new files go, and where older ones lie: what was kept before the operator chose a bucket stays readable.</summary>
public sealed class FilePlaces(PortalSettings settings, DatabaseContent database, IServiceProvider services)
{
    public IFileContent Current => settings.FilesS3 is null ? database : services.GetRequiredService<S3Content>();

    public IFileContent Of(string place) => place switch
    {
        DatabaseContent.Name => database,
        S3Content.Name when settings.FilesS3 is not null => services.GetRequiredService<S3Content>(),
        S3Content.Name => throw new FilesUnreachableException("This file lies in the bucket that PORTAL_FILES_S3 named when it was kept; the setting is gone."),
        _ => throw new InvalidOperationException($"There is no place {place}."),
    };
}
