package sheet

// The explanations that are the same in every round. Sources are those of the
// formulas, not of the wording, which is our own.

func aboutUse() []methodRow {
	return []methodRow{
		{"Giới hạn sử dụng", "", ""},
		{"Lưu hành nội bộ", "Tệp này có số liệu của mọi trường, kể cả trường có rất ít phiếu. Dùng để phân tích và báo cáo trong ngành, không đăng và không gửi ra ngoài nguyên tệp", ""},
		{"Dưới 10 phiếu", "Không đưa ra ngoài số liệu của trường, phiếu hoặc nhóm có dưới 10 phiếu, và không để người khác suy ra bằng phép trừ. Cột Ghi chú đánh dấu các dòng này", ""},
		{"Ý kiến", "Ý kiến có thể nhắc tên người. Đọc và che tên, số điện thoại trước khi chuyển cho người khác", ""},
		{"Văn bản giống công thức", "Ý kiến bắt đầu bằng = + - @ (kể cả dạng rộng), dấu Tab hoặc xuống dòng được thêm dấu ' ở đầu, để không thành công thức khi lưu ra CSV rồi mở lại. " +
			"Mã, tên trường và các tên khác giữ nguyên như danh sách, ghi là văn bản, không thêm dấu. Khi mở tệp CSV, chọn kiểu Văn bản (Text) cho các cột này", ""},
	}
}

func aboutFigures() []methodRow {
	return []methodRow{
		{"Cách tính từng số", "", ""},
		{"Sĩ số", "Số người được hỏi bằng phiếu đó, bằng số học sinh, học viên của cấp học. Mỗi loại phiếu đếm riêng: trường THPT có phiếu cha mẹ và phiếu học sinh thì sĩ số được đếm hai lần, ghi rõ ở cột Ghi chú", ""},
		{"Tỷ lệ tham gia (%)", "Số phiếu chia sĩ số, nhân 100. Lớn hơn 100 thì giữ nguyên và ghi chú để kiểm tra lại sĩ số", ""},
		{"Câu không trả lời", "«Không áp dụng» và bỏ trống không nằm trong mẫu số nào và không được điền thay", ""},
		{"Điểm trung bình của một câu", "Tổng các mức đã chọn chia số trả lời (mức 1 đến mức 5)", ""},
		{"Điểm trung bình của nhóm, của cả phiếu", "Mỗi người trả lời có điểm riêng: tổng các mức chia số câu người đó đã trả lời. Lấy trung bình các điểm đó; ai không trả lời câu nào của nhóm thì không tính", ""},
		{"Chỉ số hài lòng (%)", "Điểm trung bình chưa làm tròn chia 5, nhân 100. Điểm 3,953 ứng với chỉ số 79,06", "Số liệu đã công bố của Khánh Hòa, 2018"},
		{"Tỷ lệ hài lòng (%)", "Số câu trả lời mức 4 và mức 5 chia số câu trả lời từ mức 1 đến mức 5, nhân 100; của nhóm hoặc cả phiếu thì gộp các câu", ""},
		{"Hài lòng chung (%)", "Tỷ lệ mức 4 và mức 5 của riêng câu hài lòng chung; không phải trung bình các nhóm", ""},
		{"Mức đáp ứng mong đợi (%)", "Trung bình các số phần trăm mà người trả lời ghi; số trên 100 giữ nguyên", ""},
		{"Làm tròn", "Ô chứa số chưa làm tròn; chỉ hiển thị mới làm tròn (điểm, chỉ số, tỷ lệ 2 chữ số; tỷ lệ tham gia 1 chữ số). Không số nào tính từ số đã làm tròn", ""},
		{"Công thức trong ô", "Tỷ lệ tham gia, chỉ số và các số của từng câu là công thức Excel trên các cột đếm, để kiểm tra được. Các số tính từ điểm của từng người là giá trị", ""},
		{"Ô trống", "Không có phiếu hoặc không có câu trả lời nào để tính; không phải là số 0", ""},
	}
}

func aboutRollUps() []methodRow {
	return []methodRow{
		{"Ba cách gộp", "", ""},
		{"Gộp phiếu", "Coi mọi phiếu là một tập và tính như trên. Trường nhiều phiếu có ảnh hưởng lớn hơn. Sheet «Theo trường» dùng cách này cho các phiếu của một trường", ""},
		{"Bình quân đơn giản", "Trung bình cộng số của từng phần; phần nào cũng có ảnh hưởng như nhau", "Cách TP. Hồ Chí Minh dùng năm 2024"},
		{"Có trọng số sĩ số", "Tổng của (sĩ số × số của từng phần) chia tổng sĩ số, trên các phần có phiếu. Ước lượng cho toàn bộ người học khi mỗi trường trả lời với tỷ lệ khác nhau", "Cochran, Sampling Techniques, 1977, mục 5.4"},
		{"Chọn cách nào", "Ba cách cho ba số khác nhau. Khi báo cáo, ghi tên cách gộp bên cạnh số", ""},
	}
}

func aboutIntervals() []methodRow {
	return []methodRow{
		{"Khoảng tin cậy 95% (KTC 95%)", "", ""},
		{"Ý nghĩa", "Phạm vi hợp lý của con số nếu tất cả cùng trả lời, coi người trả lời như được chọn ngẫu nhiên. Không sửa được sai lệch khi người trả lời khác với người không trả lời", ""},
		{"Của điểm và chỉ số", "m ± t(0,975; n − 1) × s / √n × √(1 − n/N), với n là số người trả lời, N là sĩ số, s là độ lệch chuẩn. Chỉ số: nhân 20", "Cochran 1977, mục 2.8"},
		{"Của tỷ lệ hài lòng", "Khoảng Wilson, với n thay bằng n × (N − 1) / (N − n). Mỗi người tính là một quan sát dù trả lời nhiều câu, nên khoảng có thể hơi rộng nhưng không hẹp quá", "Wilson 1927; Brown, Cai, DasGupta 2001"},
		{"Khi gộp không theo phiếu", "Điểm: phương sai là tổng của w² × (1 − n/N) × s² / n trên các phần, w là trọng số; phần có một phiếu lấy phương sai chung của cấp học. Tỷ lệ: khoảng Wilson với số quan sát hiệu dụng", "Cochran 1977, mục 5.4; Kish, Survey Sampling, 1965, mục 8.2"},
		{"Trường hợp riêng", "Một phiếu: điểm không có khoảng. Mọi người đều trả lời (n = N): khoảng là chính con số. Số phiếu vượt sĩ số hoặc chưa rõ sĩ số: không hiệu chỉnh theo sĩ số. Ít phiếu: khoảng của chỉ số có thể vượt 100", ""},
		{"Số thuộc về khoảng", "Ở «Theo trường» và «Trường theo phiếu», KTC 95% là của Tỷ lệ hài lòng đứng ngay trước. Ở «Tổng hợp», tên cột nói rõ", ""},
		{"So sánh các trường", "Hai trường có khoảng chồng lên nhau thì chưa đủ căn cứ để xếp trên, xếp dưới", ""},
	}
}

func aboutColumns() []methodRow {
	return []methodRow{
		{"Các sheet và cột", "", ""},
		{"Tổng hợp", "Mỗi cấp học và toàn tỉnh có ba dòng, một dòng cho mỗi cách gộp. «A · Điểm», «A · Chỉ số (%)», «A · Tỷ lệ (%)» là các số của nhóm A; các nhóm khác cũng vậy", ""},
		{"Theo trường", "Mỗi trường một dòng, gộp mọi phiếu của trường. Trường chưa có phiếu vẫn có dòng", ""},
		{"Trường theo phiếu", "Mỗi phần một dòng, với các cột như «Theo trường» và thêm cột Phiếu", ""},
		{"Theo câu hỏi", "Mỗi câu của mỗi phiếu, cộng toàn tỉnh. Mức 1 … Mức 5, Không áp dụng, Bỏ trống là số người; Số trả lời là tổng Mức 1 đến Mức 5", ""},
		{"Trường và câu hỏi", "Như «Theo câu hỏi» cho từng phần có phiếu", ""},
		{"Ý kiến", "Xếp theo trường và phiếu; thứ tự trong một phần không có ý nghĩa. Không kèm ngày hay câu trả lời nào khác", ""},
		{"Chất lượng dữ liệu", "Mỗi phần một dòng. Có người giúp: phiếu mở từ trang của trường để trả lời tại chỗ; vẫn được tính như các phiếu khác. Lượt hỏi: số phiếu nhân số câu có năm mức", ""},
		{"Số trường có phiếu", "Số trường có ít nhất một phiếu ở cấp học đó", ""},
	}
}
