/**
 * The words of receipts and of cases' nicknames: 2,048 everyday Indonesian words of 4 to 7 letters, in alphabetical order.
 *
 * Chosen by hand: known in every region and spelt in one way by most; nothing of politics, religion, sex, violence or insult, no
 * people's names, one form only of each word. Any two are at least two typos apart, so that one mistyped letter never makes another
 * word of the list. The order is part of the format: a receipt names numbers by it. It must never change.
 */
export const WORDS: readonly string[] = `
abadi abjad absen abstrak acar acuan adaptor adegan adik adonan aerobik agenda agustus ahli ajaib ajak akademi akal
akasia akhir akrab akrilik akrobat aksara akses aktif aktris aktual akuntan akurat akustik alamat alami alarm alat
album alergi alfabet alinea alis aljabar almanak alpukat alumni alunan amatir ambil amfibi ampuh anatomi aneh aneka
anekdot anggota anggrek anggur angin angkasa angkat angsa animasi anjuran antar antena antik antonim anyam apel april
apung arang arena arisan arloji armada aroma arsip arsitek artikel artis arus asam asbak asin asisten aspal asrama
asri aster asuh asyik atap atlas atlet atom atraksi awalan awan awet ayah ayun baca badan bagasi bagian bahagia bahari
bahasa bajaj bakau bakiak bakmi bakso bakul bakwan balada balai balapan baling balita balkon balsam balut bambu
bandara bandeng bandul bangku bangun banjo bankir bantal bapak barat barbel basah basket baskom batasan baterai batu
bawal bawang bayam bayi bazar bebek becak bekal belajar belalai belanja belokan belukar benang bengkel bengkok benih
bensin benteng bentuk benua beranda berani berbeda berbuah berdiri beres bergaya bergizi berguna berisi berita berkaca
berkas berlian berlima bermula beroda bersama berseri bersiap bersih bertamu bertiga beruang besar besi betis beton
betul biawak biaya bibir bicara bidak bihun biji bikin bilang bilas bimbing bina bingkai bingung bintik biodata
biologi biosfer bioskop biota bisbol bisikan bising biskuit bisnis bison blazer blender blewah blok bobot bohlam bola
boneka bongkah bonsai bonus bordir boros botani botol brankas brokat brokoli brosur buaian bubur budaya bugar bukit
buku bulat buletin bulir buncis bundar bundel bunga bungkus bungsu buntut bunyi buram burger buritan busa busana butik
butiran butuh buyut cabai cadas cagar cahaya cair cakap cakram cakupan campur candaan canggih cangkir cangkok cangkul
canting cara catatan catur cegah cekung celana celemek celoteh celup cemara cendol centong cepat cerdas cerdik ceri
cermat cermin cerna cerpen cetakan cicilan cicit cincang cincau cincin ciprat cipta coba cobek cocok cokelat contoh
corak coretan corong cuaca cubit cucur cukup cumi curah daftar daging dahan dahi dahulu dampak danau dangdut dapur
daratan dasar dasbor datang daun dawai daya deburan debut decit dekade dekat delapan delima delman delta denah dendeng
dengar dengung denim depan derajat derek deretan dering dermaga desain desimal desir detik devisa dewasa diagram
dialek dialog digital dilema dimensi dinamis dinamo dinding dingin diorama diploma disket diskon diskusi dokter
dokumen domba dominan domino dompet donasi donat dongeng donor dosen dosis drama drum duduk duet dunia durasi durian
dusun duyung ecer edaran edisi editor efek efisien egrang ejaan ekologi ekonomi ekspor ekspres ekstra elastis elegan
elektro elemen elips elpiji emas ember emblem embun emoji empang empuk enak endapan energi engsel entri enzim episode
erosi esai esok estafet estetik etalase etika evolusi faedah fakta faktor famili fantasi farmasi fase fasih favorit
fiber fiksi film filter final firma fisika flanel flora fokus formal formula forum fosil foto fragmen frasa fungsi
futsal gabus gagasan gaharu gaji galaksi galeri galian galon gambar gamelan gampang ganda gandum ganjil gapai gapura
garam garansi garis garpu garuk gasing gaung gazebo gedung geladak gelas gelatik geleng geliat gemar gembala gembira
gembur gemulai gemuruh genap gencar gendong genggam genre genset genta geologi gerabah gerai gerakan gerbang gergaji
gerhana gerigi gerimis gerobak gesek gesit gesper getah getaran giat gigi gigitan giling ginjal ginseng gitar giwang
global glukosa golek golf gondola gong goreng gores gorila gosok gosong grafik granit gratis grosir grup gubuk gugus
gula gulali gumam gumpal gundu gunting gunung gurauan gurih gurita guru gusi habis habitat hadap hadiah hadir hafal
halaman halte halus hampar hamster handuk hangat harimau harmoni harpa hasil hati hebat heboh helai helm hening henti
heran herbal hewani hias hibur hidung hilir himpun hindar hinggap hirup hobi hormat hormon hotel hubung hulu humor
hunian huruf hutan ibunda ideal identik idiom idola ijuk ikan ikatan iklim ikut ilalang ilmu ilusi imbang imbuh
imitasi impas impian impor inap indeks indigo induk ingat inisial inovasi insang instan insting inti intro irigasi
iris isian isolasi istilah istri isyarat iuran jadwal jagat jago jaguar jagung jahe jahit jajanan jajar jaket jalan
jalur jambore jambul jamin jamu janggut jangkau jantung januari jarak jari jaring jarum jasa jauh jawab jeda jejak
jelajah jemput jemur jenaka jendela jengkol jenguk jenis jepit jepret jerami jerapah jernih jeruk jilid jinak jinjing
jinjit jiwa jodoh jongkok jual juara judul jujur julukan jumbo jumlah jumpa juni junior juragan jurnal jurusan juta
kabel kabin kabut kacang kado kafe kafein kaget kagum kaidah kail kaitan kakao kakek kaki kaktus kaldu kalimat kalkun
kalori kalsium kalung kamar kambing kamera kamis kampus kanan kancil kancing kandang kanji kanopi kantin kantong
kanvas kapal kapri kapsul kapten karamel karaoke karate karavan karcis kardus kargo karib karier karpet karton kartu
kastil kasual kasuari kasur katak katalog katrol katun kaus kawat kayu kayuhan keadaan kebaya kebun kecapi kecil
kecipir kedai kedelai kedip keju kekar kelabu kelakar kelapa kelinci keliru kelok kelola kelopak keluar kemah kemangi
kemarau kemarin kemauan kembar kemeja kemilau kemiri kemudi kenalan kenari kendali kendara kendur kental kentang keong
kepala keping kepul kerabat keramik kerang kerap kerbau keren kereta kerikil keripik kerja kernet kertas kerucut
kerupuk kerut kesan kesemek keset ketat ketel ketikan ketuk ketupat khas khayal khusus kiasan kibar kicau kijang kilat
kilo kimia kimono kincir kinerja kios kipas kiprah kira kisah kisaran kismis kiwi klakson klasik klien klinik klip
kloset klub knalpot koala koboi kocak kode koin kokpit kolam kolase kolega koleksi kolibri koloni kolosal koma komedi
komet komik komodo kompas kompor kompres kondisi kondor konsep kontak kontes kontrol kontur koper kopi kopling kopra
koprol koran korek koridor kosmos kostum krayon kreatif kredit krem kristal kritis kroket kuadrat kuah kuali kubik
kubus kucing kuda kudapan kuis kuliah kuliner kulit kulkas kultur kumbang kumpul kumur kunci kuncup kunjung kuno
kunyah kunyit kuota kupasan kupon kurator kurcaci kurir kursus kurva kusen kuskus kusut kutip kutub laba ladang lagu
lahir lajur lakban lakon lalap lamaran lambai lampion lampu lamunan lancar landak langit langkah langsat lapisan
laptop larut larva laser latar lawak layan lebar leci lega legenda legit leher lelah lele leluasa lelucon leluhur
lemak lemari lembah lembut lemon lemper lempung lengan lengkap lensa lentera lentik lentur lepas lereng lesehan lesung
level lezat liburan licin lidah lidi lift lihai lilit limau limun lincah lindung linen lingkar lintang lintas liontin
lipat lipstik liputan lirik lisan lisensi listrik liter lobak lobster logat logika logo lokasi loket lolos lombok
lompat loncat lonceng longgar lonjak lontar lontong losmen loteng lotus loyang lubang lucu luhur lumayan lumbung lumer
lumpur lumrah lumut lunak luncur lupa lupis lurus lusin luwes maaf madu maestro magang magnet mahal mahoni main
majalah majemuk majikan makan maklum maksud malam mamalia mampir manajer mandi mandiri mandor manfaat mangga manggis
mangkuk manik manisan manja manset mantap mantel manual manusia maraton maret markisa marmer marmut masak masinis
maskara masker masukan mata materi matras matriks mayoret medali media meja mekanik melaju melihat melinjo melodi
melon melukis memahat memanen memberi membuat memetik memilah memo memori memuai menanam menantu menara mencuci
mendaki mendung menenun menguap menimba menit mentah mentega mentol menuang menyala menyapu merak meranti merata
merawat merdu meresap meriah merica mertua mesin mete meteor metode mewah mika mikro milik mimpi minat mineral minggu
minimal minum minyak mirip mistar mitra mobil model modern molekul momen monitor monolog monorel montir monumen motif
motor muat mudah mulut mumpuni muncul mungil mural murbei murid musang museum musik mutu nabati nada naik nalar nanas
nangka nanti narasi nasabah nasi naskah nektar nelayan nenek neon neraca ngarai niaga nikel nikmat nilai nilon nipah
nominal norma notaris notasi novel nuansa nutrisi nyali nyaman nyamuk nyanyi nyaring nyata nyenyak nyiur nyonya oasis
obeng obor obral obrolan odol ojek oksigen oktaf oktober olah olesan ombak ongkos opera operasi opini opsi optik
optimis orbit organ origami orkes ornamen otak otot oval oven ozon pabrik padat paduan pagi pakaian pakar pakis paku
palang palem pamit pamor panahan panci pancur pandan panel pangkal pangsit panjang panjat pantai pantun panutan
paparan paprika parade paraf paralel parasut pare parfum parkir parodi paruh pasien pasir pasokan paspor pasta pastel
paten patok patut payau payet payung pecah pecel pecinta pedal pedati pedoman peduli pegang pegas pelan pelangi pelari
pelatih pelatuk pelaut pelepah pelikan pelipis pelosok peluang peluit pemalu pemanas pemandu pembawa pemeran pemuda
pemudik pena penalti penata pencak pendar pendek penemu peniti penjaga penjuru pensil pentas penting penuh penulis
penyu pepatah pepaya pepes perabot perahu perban perca percaya percik pergi periang perias perisai periuk perkusi
permen pernis persegi pertama pesanan pesawat peserta pesiar pesisir pesona pesut petak petani petenis petinju petuah
pewaris pewarna piagam piala piano piawai pigmen pigura pijak pikat pikir piknik pikul pilar pilot pindah pindang
pinggan pinggir pinguin pinisi pinjam pinset pintar pintu pinus pion pipi piring pisang pita plafon planet plastik
plaza plester plus podium pohon poligon pompa pondok ponsel popok populer porsi posisi positif potensi potong potret
pramuka prangko premi pria pribadi primer prinsip printer prisma produk profesi profil program promosi prosa proses
protein puding puisi puji pulau pulih pulpen pulsa pundak punya pupil pupuk pusaka pusaran pusat putar puyuh rabu
racik radar radio radius rafia raga rahang raih rajin rajut rakit raksasa ramai rambut randu rangkap rangkum ransel
rantang rantau ranum rapat rapor ratus reaksi rebah rebung rebus receh redup refleks regu reguler rekaman rekan rekor
rela relasi relief remaja rempah rencana rendam rendang renyah replika repot reptil resep resepsi resmi resto revisi
riak ribuan rimba rimbun ringan ringkas rintis riset ritme riuh riwayat rompi ronda rongga rontok rosela rotan roti
royal ruang ruas rubrik rujak rujukan rukun rumah rumbai rumit rumput rumus runding rupawan rupiah rusuk rute rutin
sabar sablon sabtu sabun sadel safari sahabat sahaja sahut saing sajian sakura salak salep salinan salju salmon salto
sambal sambung sampan sampel samping sandal sanggul sangkar sangrai santan sapaan sapi sarapan sarden sarjana sasaran
sastra satelit satin satpam satuan satwa saudara sauna sawah sawit sawo sayang sayap sayur sebaran sebelah sebulan
secarik sedap sedikit seekor segar sehari sehat seikat seirama sejarah sejati sejenak sejuk sekelas sekoci sekolah
sekop sekrup sektor selada selam selang selaras selasar selasih selatan seledri seleksi selimut semai semarak sembuh
semen semesta seminar sempoa semprit semut senasib sendi sendiri sendok seng senggol seniman senin senior senja
sensasi senter sentral senyap senyawa senyum sepadan sepak sepakat sepatu sepeda sepekan sepoi sepucuk sepuluh sepupu
serabut seragam serambi serasi serba serbet serbuk sereal serius serok seru serupa serutan sesuai setahun setara setia
setrika seumur seutas sewa siamang siaran sibuk sifat sikap siklus siku silau siluet simak simbol simfoni simpang
simpati simpul sinar sinema singa singgah singkat singlet sinyal siput siram sirkuit sirkus sirop sirsak sisa sisik
sisiran sistem siswi situasi situs siul skala skema sketsa skor skripsi skuter sobat sofa solar solder solusi songket
sopir sopran sore sorot sosial spasi spatula spesial spesies spidol spiral spontan sportif srikaya stabil stadion
stamina standar stasiun status stempel stereo stok stoples studio suami suasana sudut suguh suhu suka sulaman sulap
suling sulur sumbat sumber sumbu sumpit sumsum sundul sungai sungguh super surat surel suster susul susunan sutra
suvenir syair syal tablet tabloid tabuh tabung taburan tahap tahu tajam takaran takjub taksi taktik talenan talenta
tali taman tamasya tambak tambur tampil tampung tanah tandem tanding tangan tanggap tangguh tangkas tangki tango
tanjung tanya tapioka tapir taplak tarian tarik tatanan taut tawar tawon teater tebakan tebal tebing tebu teduh tegak
tekad teknik tekstil tekstur tekukur tekun teladan telaga telapak telepon telinga teliti telur tema tembaga tembang
tembok tembus tempat tempo tempuh tenda tengah tengkuk tengok tenor teori tepi tepuk tepung terapi teras teratai
teratur terbit terbuka terigu terima terjun terkini termos ternak terobos terpal tertawa tertib terukir terumbu tetap
tetes tiang tiap tiba tikar tiket timah timbul timur tinggi tingkah tinjau tinta tipe tipis tirai tiruan tisu titian
titik tiupan toilet tokek toko toleran tolong tomat tombol tonase tongkat tongkol tonjol tonton topeng toreh total
tradisi traktor transit travel tren tribun trio trombon tropis trotoar truk tugas tugu tujuan tujuh tulang tulip tulus
tumbuh tumis tumpah tumpeng tumpuk tunggal tungkai tungku tunjang tunjuk tuntun tupai turbin turun tutor tutup ubin
ucapan udang udara ufuk ujar ujian ujung ukulele ukur ulas ulekan ulet ultra umpama umpan umum undakan unduh unggas
unggul ungkap unik unsur untai untung upacara upah upaya urai urut usaha usap usia usulan valuta variasi vaselin versi
veteran video vila vinil virtual visual vitamin vokal voli volume wadah waduk wafer wahana wajan wajik waktu walet
wangi wanita warga warnet warung wasit wawasan wibawa wijen wilayah windu wisata wisma wisuda wortel wujud yakin yoyo
zaitun zamrud zebra zona zoologi
`
  .trim()
  .split(/\s+/);
