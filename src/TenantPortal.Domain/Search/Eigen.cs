namespace TenantPortal.Domain.Search;

/// <summary>Two factorisations of small symmetric matrices, row after row.</summary>
internal static class Eigen
{
    private const int MostSweeps = 12;

    /// <summary>Upper triangle whose square is the matrix; a row that depends on others becomes zero.</summary>
    public static double[] Cholesky(double[] matrix, int size)
    {
        var upper = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            var rest = matrix[i * size + i];
            for (var k = 0; k < i; k++) rest -= upper[k * size + i] * upper[k * size + i];
            if (rest <= 1e-12 * matrix[i * size + i]) continue;
            var root = Math.Sqrt(rest);
            upper[i * size + i] = root;
            for (var j = i + 1; j < size; j++)
            {
                var value = matrix[i * size + j];
                for (var k = 0; k < i; k++) value -= upper[k * size + i] * upper[k * size + j];
                upper[i * size + j] = value / root;
            }
        }

        return upper;
    }

    /// <summary>Eigenvalues, and eigenvectors as columns, by Jacobi's rotations.</summary>
    public static (double[] Values, double[] Vectors) Of(double[] matrix, int size)
    {
        var vectors = new double[size * size];
        for (var i = 0; i < size; i++) vectors[i * size + i] = 1;
        for (var sweep = 0; sweep < MostSweeps && !IsDiagonal(matrix, size); sweep++)
            for (var p = 0; p < size; p++)
                for (var q = p + 1; q < size; q++) Rotate(matrix, vectors, size, p, q);
        var values = new double[size];
        for (var i = 0; i < size; i++) values[i] = matrix[i * size + i];
        return (values, vectors);
    }

    private static bool IsDiagonal(double[] matrix, int size)
    {
        double aside = 0, along = 0;
        for (var i = 0; i < size; i++)
        {
            along += matrix[i * size + i] * matrix[i * size + i];
            for (var j = 0; j < i; j++) aside += matrix[i * size + j] * matrix[i * size + j];
        }

        return aside <= 1e-12 * along;
    }

    private static void Rotate(double[] matrix, double[] vectors, int size, int p, int q)
    {
        var aside = matrix[p * size + q];
        if (Math.Abs(aside) < 1e-14) return;
        var half = (matrix[q * size + q] - matrix[p * size + p]) / (2 * aside);
        var tangent = (half < 0 ? -1 : 1) / (Math.Abs(half) + Math.Sqrt(half * half + 1));
        var cosine = 1 / Math.Sqrt(tangent * tangent + 1);
        var sine = tangent * cosine;
        Turn(matrix.AsSpan(p * size, size), matrix.AsSpan(q * size, size), cosine, sine);
        TurnColumns(matrix, size, p, q, cosine, sine);
        TurnColumns(vectors, size, p, q, cosine, sine);
    }

    private static void Turn(Span<double> first, Span<double> second, double cosine, double sine)
    {
        for (var i = 0; i < first.Length; i++) (first[i], second[i]) = (cosine * first[i] - sine * second[i], sine * first[i] + cosine * second[i]);
    }

    private static void TurnColumns(double[] matrix, int size, int p, int q, double cosine, double sine)
    {
        for (var at = 0; at < matrix.Length; at += size) (matrix[at + p], matrix[at + q]) = (cosine * matrix[at + p] - sine * matrix[at + q], sine * matrix[at + p] + cosine * matrix[at + q]);
    }
}
